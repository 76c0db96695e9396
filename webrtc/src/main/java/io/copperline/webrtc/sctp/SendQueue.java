package io.copperline.webrtc.sctp;

import java.util.ArrayDeque;
import java.util.Arrays;

/**
 * Messages that have no TSNs yet, by stream. Streams take turns, a message at a time: the fragments of one have TSNs in a
 * row (RFC 9260 section 6.9), so nothing comes between them.
 */
final class SendQueue {
    private static final class Stream {
        final ArrayDeque<OutgoingMessage> messages = new ArrayDeque<>(4);
        short nextSsn;
        boolean closed;
        boolean waiting;
    }

    private final int maxStreams;
    private final int maxBytes;
    private Stream[] streams = new Stream[0];
    private final ArrayDeque<Stream> turns = new ArrayDeque<>();
    private final ArrayDeque<OutgoingMessage> untimed = new ArrayDeque<>();
    private int heldBytes;
    private long abandoned;
    /** Messages with a lifetime among those that wait. */
    private int mortal;

    SendQueue(int maxStreams, int maxBytes) {
        this.maxStreams = maxStreams;
        this.maxBytes = maxBytes;
    }

    private Stream stream(int id) {
        if (id >= streams.length) {
            streams = Arrays.copyOf(streams, Math.min(maxStreams, Math.max(id + 1, streams.length * 2)));
        }
        if (streams[id] == null) {
            streams[id] = new Stream();
        }
        return streams[id];
    }

    /** @param control whether it is taken however full the buffer is */
    SendResult add(OutgoingMessage message, boolean control) {
        if (message.stream < 0 || message.stream >= maxStreams || stream(message.stream).closed) {
            return SendResult.NO_SUCH_STREAM;
        }
        // One message may always wait, however large: else one larger than the buffer never could.
        if (!control && heldBytes > 0 && (long) heldBytes + message.heldBytes() > maxBytes) {
            return SendResult.BUFFER_FULL;
        }
        heldBytes += message.heldBytes();
        if (message.delivery.lifetimeNanos() != Delivery.FOREVER) {
            untimed.add(message);
            mortal++;
        }
        Stream stream = stream(message.stream);
        stream.messages.add(message);
        if (!stream.waiting) {
            stream.waiting = true;
            turns.add(stream);
        }
        return SendResult.QUEUED;
    }

    /** A message is acknowledged or given up; its bytes may be used for others. */
    void release(OutgoingMessage message) {
        heldBytes -= message.heldBytes();
    }

    /** Starts the lifetimes of new messages, and drops those whose turn did not come in time: they never had a TSN. */
    void onTime(long nowNanos, AssociationSink sink) {
        while (!untimed.isEmpty()) {
            untimed.poll().time(nowNanos);
        }
        for (int i = mortal == 0 ? 0 : turns.size(); i > 0; i--) {
            Stream stream = turns.poll();
            dropExpired(stream, nowNanos, sink);
            if (stream.messages.isEmpty()) {
                stream.waiting = false;
            } else {
                turns.add(stream); // In the end all have kept their places.
            }
        }
    }

    private void dropExpired(Stream stream, long nowNanos, AssociationSink sink) {
        OutgoingMessage head = stream.messages.peek();
        while (head != null && head.expired(nowNanos) && !head.started()) {
            remove(stream);
            release(head);
            abandoned++;
            sink.unqueued(head.stream, head.ppid, head.bytes.length);
            head = stream.messages.peek();
        }
    }

    /** How many were dropped so. */
    long abandoned() {
        return abandoned;
    }

    boolean isEmpty() {
        return turns.isEmpty();
    }

    /** The message whose next fragment is to be sent; only where the queue is not empty. */
    OutgoingMessage next() {
        return turns.element().messages.element();
    }

    /** So much of {@link #next} gets a TSN. */
    void assign(int bytes) {
        Stream stream = turns.element();
        OutgoingMessage message = stream.messages.element();
        if (!message.started() && message.delivery.ordered()) {
            message.ssn = stream.nextSsn++;
        }
        message.assignedBytes += bytes;
        if (message.unassignedBytes() == 0) {
            endTurn();
        }
    }

    /** The message of which only a part had its turn is given up. */
    void dropRest(OutgoingMessage message) {
        if (!turns.isEmpty() && turns.element().messages.peek() == message) {
            endTurn();
        }
    }

    private void endTurn() {
        Stream stream = turns.remove();
        remove(stream);
        if (stream.messages.isEmpty()) {
            stream.waiting = false;
        } else {
            turns.add(stream);
        }
    }

    private void remove(Stream stream) {
        mortal -= stream.messages.remove().delivery.lifetimeNanos() == Delivery.FOREVER ? 0 : 1;
    }

    /** No message more on this stream until it is {@link #reopen}ed; those that wait still go. */
    void close(int id) {
        stream(id).closed = true;
    }

    boolean drained(int id) {
        return id < maxStreams && stream(id).messages.isEmpty();
    }

    /** The stream is reset: it begins anew with number 0 (RFC 6525 section 5.2.7). */
    void reopen(int id) {
        stream(id).closed = false;
        stream(id).nextSsn = 0;
    }
}
