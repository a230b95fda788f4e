"""Mails: their headers, their parts, what an attachment is."""
