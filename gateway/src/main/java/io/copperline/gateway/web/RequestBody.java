package io.copperline.gateway.web;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** Reads a small text body of one media type, and gives up on one that is large or slow. */
final class RequestBody {
    private final Buffer read = Buffer.buffer();
    private final Promise<String> whole = Promise.promise();
    private final int maxBytes;

    private RequestBody(int maxBytes) {
        this.maxBytes = maxBytes;
    }

    /** Whether the request says that its body is of this type. */
    static boolean is(HttpServerRequest request, String type) {
        String contentType = request.getHeader("Content-Type");
        return contentType != null && contentType.split(";", 2)[0].strip().equalsIgnoreCase(type);
    }

    /** Fails with {@code unsupported-media-type}, {@code too-large} or {@code timeout}. */
    static Future<String> read(HttpServerRequest request, String type, int maxBytes, Loop loop, Duration within) {
        if (!is(request, type)) {
            request.resume();
            return Future.failedFuture(new Refused(
                    ProblemCode.UNSUPPORTED_MEDIA_TYPE, "Send the body as \"Content-Type: " + type + "\"."));
        }
        var body = new RequestBody(maxBytes);
        Loop.Timer timer = loop.after(within, body::late);
        request.handler(body::more)
                .endHandler(_ -> body.end())
                .exceptionHandler(body.whole::tryFail)
                .resume();
        return body.whole.future().onComplete(_ -> timer.cancel());
    }

    private void more(Buffer part) {
        if (whole.future().isComplete()) {
            return;
        }
        if (read.length() + part.length() > maxBytes) {
            whole.tryFail(new Refused(ProblemCode.TOO_LARGE, "A body may have " + maxBytes + " bytes."));
            return;
        }
        read.appendBuffer(part);
    }

    private void end() {
        whole.tryComplete(read.toString(StandardCharsets.UTF_8));
    }

    private void late() {
        whole.tryFail(new Refused(ProblemCode.TIMEOUT, "Send the request in one go."));
    }
}
