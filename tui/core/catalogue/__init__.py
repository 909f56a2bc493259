"""What is known of a library's episodes without reading them: kept, compared with the folder, arranged."""
