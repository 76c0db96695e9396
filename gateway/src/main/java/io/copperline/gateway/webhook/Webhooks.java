package io.copperline.gateway.webhook;

import io.copperline.config.RingPlan;
import io.copperline.config.Webhook;
import io.copperline.gateway.ops.OncePerMinute;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;
import javax.net.ssl.SSLException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks web services where calls in go: each question is an errand on a virtual thread, of which there are so many at once and no more.
 * Used from any thread.
 */
public final class Webhooks implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Webhooks.class);
    private static final int MAX_ANSWER_BYTES = 16 * 1024;
    private static final int MOST_AT_ONCE = 256;
    private static final int STATUS_CLASS = 100;
    private static final int SUCCESS = 2;
    private static final Duration CONNECT = Duration.ofSeconds(2);

    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT)
            .followRedirects(HttpClient.Redirect.NEVER) // A question is signed for one place.
            .executor(task -> Thread.ofVirtual().name("webhook").start(task))
            .build();
    private final int mostAtOnce;
    private final Semaphore free;
    private final InstantSource clock;
    private final LongSupplier nanos;
    private final OncePerMinute complaints = new OncePerMinute();
    private final Map<Outcome, LongAdder> outcomes = new EnumMap<>(Outcome.class);

    public Webhooks(InstantSource clock, LongSupplier nanos) {
        this(clock, nanos, MOST_AT_ONCE);
    }

    Webhooks(InstantSource clock, LongSupplier nanos, int mostAtOnce) {
        this.clock = clock;
        this.nanos = nanos;
        this.mostAtOnce = mostAtOnce;
        free = new Semaphore(mostAtOnce);
        for (Outcome outcome : Outcome.values()) {
            outcomes.put(outcome, new LongAdder());
        }
    }

    /**
     * Asks. The answer comes within the webhook's patience, on whichever thread, and never as a failure; whoever does not want to know any
     * more cancels it.
     *
     * @param usual how phones ring where the answer does not say
     */
    public CompletableFuture<Answer> ask(Webhook hook, Question question, RingPlan usual) {
        CompletableFuture<Answer> answer = new CompletableFuture<>();
        var _ = answer.whenComplete((said, _) -> tell(hook, Optional.ofNullable(said)));
        if (!free.tryAcquire()) {
            answer.complete(new Answer.Open(Outcome.TOO_MANY, "too many questions are out already"));
            return answer;
        }
        Thread errand = Thread.ofVirtual().name("webhook").unstarted(() -> {
            try {
                answer.complete(asked(hook, question, usual));
            } finally {
                free.release();
            }
        });
        // The request's own time-out ends with the first bytes of the response.
        var _ = answer.completeOnTimeout(late(hook), hook.patience().toMillis(), TimeUnit.MILLISECONDS)
                .whenComplete((_, _) -> errand.interrupt()); // which closes its connection
        errand.start();
        return answer;
    }

    private Answer asked(Webhook hook, Question question, RingPlan usual) {
        try {
            return AnswerReader.read(body(hook, question), usual);
        } catch (NoAnswer e) {
            return new Answer.Open(e.outcome(), e.getMessage());
        } catch (HttpConnectTimeoutException e) {
            return unreachable(e);
        } catch (HttpTimeoutException e) {
            return late(hook);
        } catch (IOException e) {
            return unreachable(e);
        } catch (InterruptedException e) {
            return new Answer.Open(Outcome.CANCELLED, "nobody waits for it any more");
        } catch (RuntimeException e) {
            LOG.error("A webhook could not be asked", e);
            return new Answer.Open(Outcome.UNREACHABLE, "a defect");
        }
    }

    private byte[] body(Webhook hook, Question question) throws IOException, InterruptedException, NoAnswer {
        Instant now = clock.instant();
        String json = question.json(now);
        HttpRequest request = HttpRequest.newBuilder(hook.url())
                .timeout(hook.patience())
                .header("Content-Type", "application/json")
                .header("Accept", "application/json")
                .header("User-Agent", "Copperline")
                .header(Signature.HEADER, Signature.of(hook.secret(), now.getEpochSecond(), json))
                .POST(BodyPublishers.ofString(json))
                .build();
        HttpResponse<InputStream> response = client.send(request, BodyHandlers.ofInputStream());
        try (InputStream in = response.body()) {
            if (response.statusCode() / STATUS_CLASS != SUCCESS) {
                throw new NoAnswer(Outcome.STATUS, "it answers " + response.statusCode());
            }
            byte[] bytes = in.readNBytes(MAX_ANSWER_BYTES + 1);
            if (bytes.length > MAX_ANSWER_BYTES) {
                throw new NoAnswer(Outcome.TOO_LARGE, "its answer is longer than " + MAX_ANSWER_BYTES + " bytes");
            }
            return bytes;
        }
    }

    private static Answer late(Webhook hook) {
        return new Answer.Open(
                Outcome.TIMEOUT, "no answer in " + hook.patience().toMillis() + " ms");
    }

    /** Without the exception's own words: some of them are the other side's. */
    private static Answer unreachable(IOException e) {
        String what = e instanceof SSLException ? "TLS with it fails" : "it cannot be reached";
        return new Answer.Open(Outcome.UNREACHABLE, what + " (" + e.getClass().getSimpleName() + ")");
    }

    /** Empty: nobody waits for it any more. */
    private void tell(Webhook hook, Optional<Answer> answer) {
        if (answer.isEmpty()) {
            outcomes.get(Outcome.CANCELLED).increment();
        } else if (answer.get() instanceof Answer.Open open) {
            outcomes.get(open.outcome()).increment();
            complain(hook, open);
        } else {
            outcomes.get(Outcome.ANSWERED).increment();
        }
    }

    private void complain(Webhook hook, Answer.Open open) {
        if (open.why().isEmpty()) {
            return;
        }
        String host = hook.url().getHost();
        complaints.log(
                host + " " + open.outcome(),
                nanos.getAsLong(),
                leftOut -> LOG.warn(
                        "The webhook at {} does not say where a call goes, so its rule does: {}{}",
                        host,
                        open.why(),
                        leftOut == 0 ? "" : " (and " + leftOut + " more since the last such line)"));
    }

    /** Questions that are out. */
    public int open() {
        return mostAtOnce - free.availablePermits();
    }

    /** How many questions ended so. */
    public long count(Outcome outcome) {
        return outcomes.get(outcome).sum();
    }

    @Override
    public void close() {
        client.shutdownNow();
    }
}
