package com.books.bookstore.launcher;

import com.books.bookstore.identity.oauth.users.RecoveryMail;
import com.books.bookstore.runtime.mail.SmtpSettings;
import java.util.Date;
import java.util.Properties;
import javax.mail.Message;
import javax.mail.MessagingException;
import javax.mail.Session;
import javax.mail.Transport;
import javax.mail.internet.InternetAddress;
import javax.mail.internet.MimeMessage;

/** The email with the link for a new password, through the SMTP server of all emails. Thread-safe. */
final class RecoveryEmail implements RecoveryMail {

    private final SmtpSettings smtp;

    RecoveryEmail(SmtpSettings smtp) {
        this.smtp = smtp;
    }

    @Override
    public void send(String address, String link, long minutes) throws MessagingException {
        Properties settings = smtp.toMailProperties();
        MimeMessage mail = new MimeMessage(Session.getInstance(settings));
        mail.setFrom(new InternetAddress(smtp.from()));
        mail.setRecipient(Message.RecipientType.TO, new InternetAddress(address, true));
        mail.setSubject("Choose a new password at books.com", "UTF-8");
        mail.setSentDate(new Date());
        mail.setHeader("Auto-Submitted", "auto-generated");
        mail.setText(
                "Someone asked for a new password for your account at books.com. If it was you, open this page to choose one:\n\n"
                        + link
                        + "\n\nThe link is valid for " + minutes
                        + " minutes and works once.\nIf it was not you, ignore this email. Your password stays as it is.\n\nbooks.com\n",
                "UTF-8");
        Transport.send(mail, smtp.user(), smtp.password());
    }
}
