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
import javax.mail.internet.MimeBodyPart;
import javax.mail.internet.MimeMessage;
import javax.mail.internet.MimeMultipart;

/** The email with the link for a new password, through the SMTP server of all emails. Thread-safe. */
final class RecoveryEmail implements RecoveryMail {

    private final SmtpSettings smtp;

    RecoveryEmail(SmtpSettings smtp) {
        this.smtp = smtp;
    }

    @Override
    public void send(String address, Letter letter) throws MessagingException {
        Properties settings = smtp.toMailProperties();
        MimeMessage mail = new MimeMessage(Session.getInstance(settings));
        mail.setFrom(new InternetAddress(smtp.from()));
        mail.setRecipient(Message.RecipientType.TO, new InternetAddress(address, true));
        mail.setSubject(letter.subject(), "UTF-8");
        mail.setSentDate(new Date());
        mail.setHeader("Auto-Submitted", "auto-generated");
        mail.setContentLanguage(new String[] {letter.language()});
        mail.setContent(new MimeMultipart("alternative", part(letter.text(), "plain"), part(letter.html(), "html")));
        Transport.send(mail, smtp.user(), smtp.password());
    }

    private static MimeBodyPart part(String text, String subtype) throws MessagingException {
        MimeBodyPart part = new MimeBodyPart();
        part.setText(text, "UTF-8", subtype);
        return part;
    }
}
