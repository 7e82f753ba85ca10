package io.patchbay.controller.migration;

import io.patchbay.spi.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Map;
import java.util.UUID;

/** What users drew in GNS3 1.x, as SVG. */
final class OldDrawings {
  /** How Qt's pens look as dashes; solid is the one that is not here. */
  private static final Map<Integer, String> DASHES =
      Map.of(2, "25, 25", 3, "5, 25", 4, "5, 25, 25", 5, "25, 25, 5, 25, 5");

  private static final int NO_PEN = 1;
  private static final String WHITE = "#ffffff";
  private static final String BLACK = "#000000";

  private final JsonArrayBuilder drawings = Json.createArrayBuilder();
  private final Path directory;

  OldDrawings(Path directory) {
    this.directory = directory;
  }

  JsonArray convert(JsonObject topology) throws IOException {
    Old.list(topology, "ellipses").forEach(ellipse -> add(ellipse, ellipse(ellipse)));
    Old.list(topology, "notes").forEach(note -> add(note, note(note)));
    for (JsonObject image : Old.list(topology, "images")) {
      add(image, image(image));
    }
    Old.list(topology, "rectangles").forEach(box -> add(box, rectangle(box)));
    return drawings.build();
  }

  private void add(JsonObject old, String svg) {
    drawings.add(
        Json.createObjectBuilder()
            .add("drawing_id", UUID.randomUUID().toString())
            .add("x", Old.integer(old.get("x")))
            .add("y", Old.integer(old.get("y")))
            .add("z", Old.integer(old, "z", 0))
            .add("rotation", Old.integer(old, "rotation", 0))
            .add("svg", svg));
  }

  private static String ellipse(JsonObject old) {
    int width = Old.integer(old.get("width"));
    int height = Old.integer(old.get("height"));
    int rx = half(old, "width");
    int ry = half(old, "height");
    return "<svg height=\"%d\" width=\"%d\"><ellipse cx=\"%d\" cy=\"%d\" fill=\"%s\" fill-opacity=\"1.0\" rx=\"%d\" ry=\"%d\" %s /></svg>"
        .formatted(height, width, rx, ry, color(old, "color", WHITE), rx, ry, border(old));
  }

  private static int half(JsonObject old, String field) {
    return (int) (old.getJsonNumber(field).doubleValue() / 2);
  }

  private static String rectangle(JsonObject old) {
    int width = Old.integer(old.get("width"));
    int height = Old.integer(old.get("height"));
    return "<svg height=\"%d\" width=\"%d\"><rect fill=\"%s\" fill-opacity=\"1.0\" height=\"%d\" width=\"%d\" %s /></svg>"
        .formatted(height, width, color(old, "color", WHITE), height, width, border(old));
  }

  private static String border(JsonObject old) {
    int style = Old.integer(old, "border_style", 0);
    if (style == NO_PEN) {
      return "";
    }
    String dashes =
        DASHES.containsKey(style) ? "stroke-dasharray=\"" + DASHES.get(style) + "\" " : "";
    String width =
        old.containsKey("border_width") ? old.getJsonNumber("border_width").toString() : "2";
    return dashes
        + "stroke=\""
        + color(old, "border_color", BLACK)
        + "\" stroke-width=\""
        + width
        + "\"";
  }

  private static String color(JsonObject old, String field, String otherwise) {
    return Old.escape(old.getString(field, otherwise));
  }

  private static String note(JsonObject old) {
    OldFont font = OldFont.of(old.getString("font", null));
    int size = Old.integer(font.size());
    String text = old.getString("text");
    String color = old.getString("color", "#ff000000");
    return "<svg height=\"%d\" width=\"%d\"><text fill=\"%s\" fill-opacity=\"%s\" font-family=\"%s\" font-size=\"%d\" font-weight=\"%s\" font-style=\"%s\">%s</text></svg>"
        .formatted(
            size * 2,
            size * text.codePointCount(0, text.length()),
            Old.escape(Old.fill(color)),
            Old.opacity(color),
            Old.escape(font.family()),
            size,
            font.bold() ? "bold" : "normal",
            font.italic() ? "italic" : "normal",
            Old.escape(text));
  }

  /**
   * The picture's name, under which drawings look for it. Only pictures of the project are taken: a
   * path elsewhere on this machine means nothing in a file that may come from another.
   */
  private String image(JsonObject old) throws IOException {
    String path = old.getString("path");
    String name = path.substring(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);
    Path source = directory.resolve(path).normalize();
    Path pictures = directory.resolve("project-files").resolve("images");
    Path target = pictures.resolve(name);
    if (source.startsWith(directory)
        && Files.isRegularFile(source, LinkOption.NOFOLLOW_LINKS)
        && source.toRealPath().startsWith(directory.toRealPath())
        && !Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
      Files.createDirectories(pictures);
      Files.copy(source, target);
    }
    return name;
  }
}
