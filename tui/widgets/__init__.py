"""The parts that screens are built from, one idea each."""
