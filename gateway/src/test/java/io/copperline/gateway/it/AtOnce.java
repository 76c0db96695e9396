package io.copperline.gateway.it;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Looks at several cases at once, where each is nearly all waiting. */
final class AtOnce {
    /** What is not as it should be with a case; empty where all is well. */
    interface Examination<T> {
        String complaint(T one) throws Exception;
    }

    private AtOnce() {}

    /** What was wrong with each that was not well. */
    static <T> List<String> each(int most, List<T> cases, Examination<T> examination)
            throws InterruptedException, ExecutionException {
        List<Future<String>> found;
        try (ExecutorService some = Executors.newFixedThreadPool(most)) {
            found = some.invokeAll(cases.stream()
                    .map(one -> (Callable<String>) () -> examination.complaint(one))
                    .toList());
        }
        List<String> wrong = new ArrayList<>();
        for (Future<String> one : found) {
            if (!one.get().isEmpty()) {
                wrong.add(one.get());
            }
        }
        return wrong;
    }
}
