"""Sales put aside: parked ones, one left when the till stopped, and money that is to be given back."""
