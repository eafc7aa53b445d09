"""What comes before the first family: an agency's code of conduct, accepted by each worker, and the trainings that it asks for."""
