"""What the fiscal register has to register, how it is sent, and what a person does where it refuses."""
