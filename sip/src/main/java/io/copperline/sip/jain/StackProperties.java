package io.copperline.sip.jain;

import java.util.Properties;
import java.util.concurrent.atomic.AtomicInteger;

/** How JAIN-SIP is set up. Every line has been measured or read in its source; most defaults are unfit for a server. */
final class StackProperties {
    private static final AtomicInteger COUNT = new AtomicInteger();
    private static final int MAX_MESSAGE_BYTES = 16 * 1024;
    private static final int SOCKET_BUFFER_BYTES = 4 * 1024 * 1024;

    private StackProperties() {}

    static Properties create() {
        Properties p = new Properties();
        // Several stacks live in one process (the gateway and its lab carrier).
        p.setProperty("javax.sip.STACK_NAME", "copperline-" + COUNT.incrementAndGet());
        p.setProperty("javax.sip.AUTOMATIC_DIALOG_SUPPORT", "off");
        p.setProperty("gov.nist.javax.sip.AUTOMATIC_DIALOG_ERROR_HANDLING", "false");
        p.setProperty("gov.nist.javax.sip.STACK_LOGGER", StackLog.class.getName());
        p.setProperty("gov.nist.javax.sip.SERVER_LOGGER", MessageLog.class.getName());
        p.setProperty("gov.nist.javax.sip.TIMER_CLASS_NAME", StackTimer.class.getName());
        // More than one thread reorders the messages of a call: an ACK behind its BYE.
        p.setProperty("gov.nist.javax.sip.REENTRANT_LISTENER", "true");
        p.setProperty("gov.nist.javax.sip.THREAD_POOL_SIZE", "1");
        p.setProperty("gov.nist.javax.sip.THREAD_PRIORITY", "5");
        // The news of our REFERs, whose subscriptions the stack does not know.
        p.setProperty("gov.nist.javax.sip.DELIVER_UNSOLICITED_NOTIFY", "true");
        // Above 64 KB every datagram allocates as much.
        p.setProperty("gov.nist.javax.sip.MAX_MESSAGE_SIZE", Integer.toString(MAX_MESSAGE_BYTES));
        p.setProperty("gov.nist.javax.sip.RECEIVE_UDP_BUFFER_SIZE", Integer.toString(SOCKET_BUFFER_BYTES));
        p.setProperty("gov.nist.javax.sip.SEND_UDP_BUFFER_SIZE", Integer.toString(SOCKET_BUFFER_BYTES));
        // Ended transactions stay 32 s: the default of 5000 is full at 150 calls a second.
        p.setProperty("gov.nist.javax.sip.MAX_SERVER_TRANSACTIONS", "200000");
        p.setProperty("gov.nist.javax.sip.MAX_TX_LIFETIME_INVITE", "900");
        p.setProperty("gov.nist.javax.sip.MAX_TX_LIFETIME_NON_INVITE", "40");
        p.setProperty("gov.nist.javax.sip.MAX_LISTENER_RESPONSE_TIME", "10");
        p.setProperty("gov.nist.javax.sip.CONGESTION_CONTROL_TIMEOUT", "8000");
        // Peers that dribble or sit idle on TCP.
        p.setProperty("gov.nist.javax.sip.READ_TIMEOUT", "5000");
        // Of one who has pinged once and stops; RFC 5626 section 4.4.1 has peers ping each 120 s at the least.
        p.setProperty("gov.nist.javax.sip.RELIABLE_CONNECTION_KEEP_ALIVE_TIMEOUT", "180");
        p.setProperty("gov.nist.javax.sip.SSL_HANDSHAKE_TIMEOUT", "5000");
        // The default suites are the ones that the JDK has switched off. TLS_CLIENT_PROTOCOLS is for servers too.
        p.setProperty("gov.nist.javax.sip.TLS_CLIENT_PROTOCOLS", "TLSv1.3,TLSv1.2");
        p.setProperty("gov.nist.javax.sip.TLS_CLIENT_AUTH_TYPE", "Disabled");
        p.setProperty(
                "gov.nist.javax.sip.ENABLED_CIPHER_SUITES",
                "TLS_AES_128_GCM_SHA256,TLS_AES_256_GCM_SHA384,TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256,"
                        + "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256,TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384,"
                        + "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384");
        return p;
    }
}
