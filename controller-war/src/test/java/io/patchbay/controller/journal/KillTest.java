package io.patchbay.controller.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.patchbay.spi.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Programs that are killed in the middle of changes lose at most the one they had not answered. */
class KillTest {
  private static final int KILLS = 50;
  private static final int CHANGES = 200;

  @TempDir private Path directory;

  private Path file() {
    return directory.resolve("lab.gns3");
  }

  private Map<String, JsonObject> drawings() throws IOException {
    try (JsonReader reader = Json.createReader(Files.newInputStream(file()))) {
      Map<String, JsonObject> drawings = new TreeMap<>();
      ProjectStore.replay(file(), reader.readObject())
          .getJsonObject("topology")
          .getJsonArray("drawings")
          .getValuesAs(JsonObject.class)
          .forEach(drawing -> drawings.put(drawing.getString("drawing_id"), drawing));
      return drawings;
    }
  }

  /** Kills a program that goes on from a number of changes; tells how many it answered. */
  private int killAfter(int first, int answers) throws Exception {
    Process process =
        new ProcessBuilder(
                ProcessHandle.current().info().command().orElse("java"),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                Changer.class.getName(),
                file().toString(),
                Integer.toString(first),
                Integer.toString(CHANGES))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (BufferedReader reader = process.inputReader()) {
      int heard = 0;
      while (heard < answers && reader.readLine() != null) {
        heard++;
      }
      // Unlike the process, its handle leaves what was said so far to be read.
      process.toHandle().destroyForcibly();
      process.waitFor();
      // What it said until it died counts, too.
      heard += (int) reader.lines().count();
      assertTrue(heard >= answers, "it ended by itself");
      return heard;
    }
  }

  @Test
  void everyAnsweredChangeIsThere() throws Exception {
    new ProjectStore(file(), Changer::format).save(() -> Changer.file(Map.of()));
    Random random = new Random(3);
    int done = 0;
    for (int kill = 0; kill < KILLS; kill++) {
      int answered = done + killAfter(done, 1 + random.nextInt(CHANGES - 1));
      Map<String, JsonObject> found = drawings();
      // The change that was under way is there or not.
      done = found.equals(Changer.after(answered)) ? answered : answered + 1;
      assertEquals(Changer.after(done), found, "kill " + kill + " after " + answered);
    }
  }
}
