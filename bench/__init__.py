"""What costs what, measured in one run on one machine: `make bench`. Tools of development only."""
