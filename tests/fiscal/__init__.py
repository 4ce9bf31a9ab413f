"""The fiscal register: tickets, the queue, and Webkassa on loopback."""
