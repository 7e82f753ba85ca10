package io.patchbay.controller.drawing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.patchbay.spi.Json;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PicturesTest {
  private static final String PIXEL =
      "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==";

  @TempDir private Path project;

  private static JsonObject drawing(String svg) {
    return Json.createObjectBuilder().add("drawing_id", "d").add("svg", svg).build();
  }

  @Test
  void largePicturesAreFilesAndComeBack() throws IOException {
    String large = "<svg>" + "<rect/>".repeat(200) + "</svg>";
    Pictures pictures = new Pictures(project);
    Drawing stored = pictures.store(drawing(large));
    String name = stored.stored().getString("svg");
    assertTrue(name.endsWith(".svg"), name);
    assertEquals(large, Files.readString(project.resolve("project-files/images").resolve(name)));
    assertEquals(stored, pictures.load(stored.stored()));
    assertEquals(large, stored.describe("p").getString("svg"));
  }

  @Test
  void rasterPicturesOfGns3AreFramed() throws IOException {
    Path images = Files.createDirectories(project.resolve("project-files/images"));
    Files.write(images.resolve("logo.png"), Base64.getDecoder().decode(PIXEL));
    String svg = new Pictures(project).load(drawing("some/where/logo.png")).svg();
    assertTrue(svg.contains("width=\"1\""), svg);
    assertTrue(svg.contains("data:image/png;base64," + PIXEL), svg);
  }

  @Test
  void whatIsActiveOrMissingStaysStoredButIsNotShown() {
    for (String bad : List.of("<svg onload='x'/>", "../../../../etc/passwd", "gone.png")) {
      Drawing drawing = new Pictures(project).load(drawing(bad));
      assertEquals("<svg></svg>", drawing.svg());
      assertEquals(bad, drawing.stored().getString("svg"));
    }
  }

  @Test
  void unusedPicturesGoButNothingElse() throws IOException {
    Pictures pictures = new Pictures(project);
    Drawing used = pictures.store(drawing("<svg>" + "<rect/>".repeat(200) + "</svg>"));
    Drawing unused = pictures.store(drawing("<svg>" + "<line/>".repeat(200) + "</svg>"));
    Path images = project.resolve("project-files/images");
    Files.writeString(images.resolve("mine.png"), "x");
    pictures.clean(List.of(used), Optional.empty());
    assertTrue(Files.exists(images.resolve(used.stored().getString("svg"))));
    assertTrue(Files.exists(images.resolve("mine.png")));
    assertTrue(Files.notExists(images.resolve(unused.stored().getString("svg"))));
  }
}
