"""What a partner's system may change: where a referral stands that was sent to its agency."""
