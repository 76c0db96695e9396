package io.copperline.gateway.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.copperline.config.HttpSettings;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class RateLimiterTest {
    @Test
    void refillsEvenly() {
        var limiter = new RateLimiter(60);
        for (int i = 0; i < 60; i++) {
            assertEquals(0, limiter.take("a", 1_000));
        }
        assertEquals(1, limiter.take("a", 1_000));
        assertEquals(0, limiter.take("b", 1_000));
        assertEquals(0, limiter.take("a", 2_000));
        assertEquals(1, limiter.take("a", 2_000));
    }

    @Test
    void tellsHowLongToWait() {
        var limiter = new RateLimiter(2);
        limiter.take("a", 0);
        limiter.take("a", 0);
        assertEquals(30, limiter.take("a", 0));
        assertEquals(10, limiter.take("a", 20_000));
    }

    @Test
    void survivesClockThatGoesBack() {
        var limiter = new RateLimiter(1);
        assertEquals(0, limiter.take("a", 100_000));
        assertEquals(60, limiter.take("a", 0));
    }

    @Test
    void forgetsWhoWasQuietLongest() {
        var limiter = new RateLimiter(1);
        for (int i = 0; i < 20_000; i++) {
            limiter.take("address " + i, 0);
        }
        assertEquals(10_000, limiter.size());
    }

    @Test
    void boundsSocketsOfUsersAndStrangersApart() {
        var quota = new SocketQuota(new HttpSettings.Limits(1, 1, 3, 2, 1, 1));
        assertTrue(quota.enter("a"));
        assertTrue(quota.enter("a"));
        assertFalse(quota.enter("a"));
        assertTrue(quota.enter("b"));
        assertFalse(quota.enter("c"));
        quota.leave("a");
        assertTrue(quota.enter("c"));
        for (int i = 0; i < 8; i++) {
            assertTrue(quota.enterStranger());
        }
        assertFalse(quota.enterStranger());
        quota.leaveStranger();
        assertTrue(quota.enterStranger());
        assertEquals(11, quota.open());
    }

    @Test
    void limitsRequestsOfOneUser() throws Exception {
        var limits = new HttpSettings.Limits(4096, 4096, 20, 4, 2, 1000);
        try (var door = new Door(Door.plain(limits), Door.AUTH)) {
            door.place();
            door.place();
            HttpResponse<String> third = door.send(door.offer("?to=1", "v=0"));
            assertEquals(429, third.statusCode());
            assertTrue(third.body().contains("\"code\":\"rate-limited\""));
            assertEquals("30", third.headers().firstValue("Retry-After").orElseThrow());
            assertEquals(404, door.send(door.as("bob", "/v1/calls/none")).statusCode());
            door.now.set(door.now.get().plus(Duration.ofSeconds(30)));
            assertEquals(201, door.send(door.offer("?to=1", "v=0")).statusCode());
        }
    }

    @Test
    void limitsRequestsOfOneAddressButNotHealth() throws Exception {
        var limits = new HttpSettings.Limits(4096, 4096, 20, 4, 1000, 3);
        try (var door = new Door(Door.plain(limits), Door.AUTH)) {
            for (int i = 0; i < 3; i++) {
                assertEquals(404, status(door, "/none"));
            }
            assertEquals(429, status(door, "/none"));
            assertEquals(200, status(door, "/health/live"));
        }
    }

    private static int status(Door door, String path) throws Exception {
        return door.send(HttpRequest.newBuilder(door.uri(path))).statusCode();
    }
}
