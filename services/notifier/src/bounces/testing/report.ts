/** A report of a mail server, as Postfix writes them, about a mail with these headers. */
export function reportOf(
  headers: string,
  { action = 'failed', status = '5.1.1', original = 'message/rfc822' } = {},
): string {
  return `Return-Path: <>
Date: Mon, 02 Mar 2026 16:30:05 +0000
From: MAILER-DAEMON@mail.example (Mail Delivery System)
Subject: Undelivered Mail Returned to Sender
To: orders@wholesaler.example
Auto-Submitted: auto-replied
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status;
\tboundary="B1.1772469005/mail.example"

This is a MIME-encapsulated message.

--B1.1772469005/mail.example
Content-Description: Notification
Content-Type: text/plain; charset=us-ascii

This is the mail system at host mail.example. Your message could not be delivered.

--B1.1772469005/mail.example
Content-Description: Delivery report
Content-Type: message/delivery-status

Reporting-MTA: dns; mail.example
Arrival-Date: Mon,  2 Mar 2026 15:30:01 +0000 (UTC)

Final-Recipient: rfc822; mara.lindqvist@example.com
Action: ${action}
Status: ${status}
Remote-MTA: dns; mx.example.com
Diagnostic-Code: smtp; 550 5.1.1 No such user
    here, try elsewhere

--B1.1772469005/mail.example
Content-Description: Undelivered Message
Content-Type: ${original}

${headers}

--B1.1772469005/mail.example--
`.replaceAll('\n', '\r\n')
}
