"""The upload of a mother's and her infants' records by a worker."""
