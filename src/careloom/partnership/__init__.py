"""The partnership: collaboratives with their partners, bodies, seats and charters. No family is in it, and nothing here leads to one."""
