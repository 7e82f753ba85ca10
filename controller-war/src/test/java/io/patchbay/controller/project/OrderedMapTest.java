package io.patchbay.controller.project;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class OrderedMapTest {
  private final OrderedMap<String> map = new OrderedMap<>();

  @Test
  void keepsTheOrderInWhichThingsCame() {
    map.put("b", "1");
    map.put("a", "2");
    map.put("c", "3");
    map.put("b", "4");
    assertEquals(List.of("4", "2", "3"), List.copyOf(map.values()));
    map.remove("a");
    map.put("a", "5");
    assertEquals(List.of("4", "3", "5"), List.copyOf(map.values()));
    assertEquals(3, map.size());
  }

  @Test
  void onlyTheFirstOfEachIdIsAdded() {
    assertEquals(Optional.empty(), map.putIfAbsent("a", "1"));
    assertEquals(Optional.of("1"), map.putIfAbsent("a", "2"));
    assertEquals(Optional.of("1"), map.find("a"));
  }

  @Test
  void removesThisVeryValueOnce() {
    String value = "1";
    map.put("a", value);
    assertFalse(map.remove("a", new String(value)));
    assertTrue(map.remove("a", value));
    assertFalse(map.remove("a", value));
    assertTrue(map.values().isEmpty());
  }

  @Test
  void readersCannotChangeIt() {
    map.put("a", "1");
    assertThrows(UnsupportedOperationException.class, () -> map.values().clear());
  }

  @Test
  void nothingIsLostWhenManyWriteWhileOthersRead() {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      IntStream.range(0, 50)
          .forEach(
              thread ->
                  threads.execute(
                      () -> {
                        for (int i = 0; i < 100; i++) {
                          map.put(thread + "/" + i, "" + i);
                          map.values().forEach(String::length);
                          if (i % 2 == 1) {
                            map.remove(thread + "/" + i);
                          }
                        }
                      }));
    }
    assertEquals(50 * 50, map.size());
    assertEquals(50 * 50, map.values().size());
  }
}
