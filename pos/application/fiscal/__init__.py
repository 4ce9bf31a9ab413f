"""What the fiscal register has to be told, telling it, and what a person does where it refuses."""
