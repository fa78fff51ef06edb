"""What scripts/bench is made of, one subject a file; command.py is where to begin reading."""
