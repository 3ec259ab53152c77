"""The command line: options are parsed, the work is called, what it says is printed."""
