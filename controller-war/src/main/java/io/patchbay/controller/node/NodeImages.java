package io.patchbay.controller.node;

import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Which properties of a node name images, and where those live. */
public final class NodeImages {
  /** Below the directory of images, by the kind of node. */
  private static final Map<String, String> DIRECTORIES =
      Map.of("qemu", "QEMU", "dynamips", "IOS", "iou", "IOU");

  private NodeImages() {}

  /** Names of properties; only those with a value. */
  public static List<String> properties(String kind, JsonObject properties) {
    return DIRECTORIES.containsKey(kind)
        ? properties.keySet().stream()
            .filter(name -> name.endsWith("image") || kind.equals("iou") && name.equals("path"))
            .filter(name -> hasText(properties.get(name)))
            .toList()
        : List.of();
  }

  private static boolean hasText(JsonValue value) {
    return value instanceof JsonString text && !text.getString().isBlank();
  }

  static boolean hasDirectory(String kind) {
    return DIRECTORIES.containsKey(kind);
  }

  /** Of a kind that has images. */
  public static String directory(String kind) {
    return DIRECTORIES.get(kind);
  }

  /** The directory that a part of an archive's path means: its own name, or a kind of node. */
  public static Optional<String> known(String name) {
    String kind = name.toLowerCase(Locale.ROOT);
    if (DIRECTORIES.containsKey(kind)) {
      return Optional.of(DIRECTORIES.get(kind));
    }
    return Optional.of(name).filter(Set.copyOf(DIRECTORIES.values())::contains);
  }

  /** The last part of a path of any system. */
  public static String fileName(String image) {
    return image.substring(Math.max(image.lastIndexOf('/'), image.lastIndexOf('\\')) + 1);
  }
}
