package io.patchbay.server.json;

import dev.harrel.jsonschema.JsonNode;
import dev.harrel.jsonschema.JsonNodeFactory;
import dev.harrel.jsonschema.SimpleType;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * JSON as draft 4 of JSON Schema, which API v2 was written in, sees it: a number with a fraction or
 * an exponent is no integer, {@code 2.0} neither.
 */
final class WholeNumbers implements JsonNodeFactory {
  private final JsonNodeFactory factory;

  WholeNumbers(JsonNodeFactory factory) {
    this.factory = factory;
  }

  @Override
  public JsonNode wrap(Object node) {
    return node instanceof JsonNode wrapped ? wrapped : new Node(factory.wrap(node));
  }

  @Override
  public JsonNode create(String text) {
    return new Node(factory.create(text));
  }

  private record Node(JsonNode node) implements JsonNode {
    @Override
    public SimpleType getNodeType() {
      SimpleType type = node.getNodeType();
      return type == SimpleType.INTEGER && node.asNumber().scale() != 0 ? SimpleType.NUMBER : type;
    }

    @Override
    public String getJsonPointer() {
      return node.getJsonPointer();
    }

    @Override
    public boolean asBoolean() {
      return node.asBoolean();
    }

    @Override
    public String asString() {
      return node.asString();
    }

    @Override
    public BigInteger asInteger() {
      return node.asInteger();
    }

    @Override
    public BigDecimal asNumber() {
      return node.asNumber();
    }

    @Override
    public List<JsonNode> asArray() {
      return node.asArray().stream().<JsonNode>map(Node::new).toList();
    }

    @Override
    public Map<String, JsonNode> asObject() {
      Map<String, JsonNode> members = new LinkedHashMap<>();
      node.asObject().forEach((name, member) -> members.put(name, new Node(member)));
      return members;
    }
  }
}
