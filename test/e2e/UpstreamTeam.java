import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.math.BigDecimal;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.CRC32;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Sends order events as another team's Java program does: Avro's own encoder, a schema in that team's package with texts
 * that may be null, registered by the record's name, Kafka's own client with a codec. With the partitioner
 * `crc32` it puts keys where librdkafka puts them.
 *
 * Arguments: brokers, registry, topic; then for each codec one of `codec partitioner orderId,orderId…`.
 */
public class UpstreamTeam {
  private static final String TEXT = "[\"null\",\"string\"]";
  private static final String AMOUNT = "{\"type\":\"bytes\",\"logicalType\":\"decimal\",\"precision\":18,\"scale\":4}";
  private static final String INSTANT = "{\"type\":\"long\",\"logicalType\":\"timestamp-millis\"}";

  private static final Schema EVENT = new Schema.Parser().parse(record("OrderEvent",
      field("eventId", "\"string\""), field("source", TEXT), field("orderId", "\"string\""),
      field("occurredAt", INSTANT),
      field("kind", "{\"type\":\"enum\",\"name\":\"EventKind\",\"symbols\":[\"PLACED\",\"CHANGED\"]}"),
      field("order", "[\"null\"," + record("Order",
          field("customer", record("Customer", field("id", TEXT), field("country", TEXT))),
          field("currency", TEXT),
          field("lines", "{\"type\":\"array\",\"items\":" + record("Line", field("lineId", "\"string\""),
              field("sku", TEXT), field("description", TEXT), field("quantity", AMOUNT), field("unitPrice", AMOUNT)) + "}"),
          field("billing", record("Billing", field("country", TEXT))),
          field("shipping", record("Shipping", field("country", TEXT))),
          field("payment", record("Payment", field("country", TEXT))),
          field("placedAt", INSTANT)) + "]"),
      "{\"name\":\"ttl\",\"type\":\"long\",\"default\":9223372036854775807}"));

  private static String record(String name, String... fields) {
    return "{\"type\":\"record\",\"name\":\"" + name + "\",\"namespace\":\"com.parts.orders\",\"fields\":["
        + String.join(",", fields) + "]}";
  }

  private static String field(String name, String type) {
    return "{\"name\":\"" + name + "\",\"type\":" + type + "}";
  }

  public static void main(String[] arguments) throws Exception {
    String topic = arguments[2];
    int id = register(arguments[1], EVENT.getFullName());
    for (int i = 3; i + 2 < arguments.length; i += 3)
      try (KafkaProducer<byte[], byte[]> producer = producer(arguments[0], arguments[i])) {
        send(producer, topic, id, arguments[i + 1].equals("crc32"), arguments[i + 2].split(","));
      }
  }

  private static void send(KafkaProducer<byte[], byte[]> producer, String topic, int id, boolean byCrc32, String[] orderIds)
      throws Exception {
    int partitions = producer.partitionsFor(topic).size();
    for (String orderId : orderIds) {
      byte[] key = orderId.getBytes(StandardCharsets.UTF_8);
      Integer partition = byCrc32 ? (int) (crc32(key) % partitions) : null;
      producer.send(new ProducerRecord<>(topic, partition, key, message(id, event(orderId))));
    }
    producer.flush();
  }

  private static KafkaProducer<byte[], byte[]> producer(String brokers, String codec) {
    Properties settings = new Properties();
    settings.put("bootstrap.servers", brokers);
    settings.put("compression.type", codec);
    // So that a batch has many records.
    settings.put("linger.ms", "200");
    settings.put("batch.size", "200000");
    return new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
  }

  private static long crc32(byte[] key) {
    CRC32 crc = new CRC32();
    crc.update(key);
    return crc.getValue();
  }

  private static int register(String registry, String subject) throws Exception {
    String schema = EVENT.toString().replace("\\", "\\\\").replace("\"", "\\\"");
    HttpRequest request = HttpRequest.newBuilder(URI.create(registry + "/subjects/" + subject + "/versions"))
        .header("Content-Type", "application/vnd.schemaregistry.v1+json")
        .POST(HttpRequest.BodyPublishers.ofString("{\"schema\":\"" + schema + "\"}")).build();
    String answer = HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString()).body();
    Matcher found = Pattern.compile("\"id\":(\\d+)").matcher(answer);
    if (!found.find()) throw new IllegalStateException("The registry answers " + answer);
    return Integer.parseInt(found.group(1));
  }

  private static byte[] message(int id, GenericRecord event) throws Exception {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    new DataOutputStream(bytes).write(ByteBuffer.allocate(5).put((byte) 0).putInt(id).array());
    BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(bytes, null);
    new GenericDatumWriter<GenericRecord>(EVENT).write(event, encoder);
    encoder.flush();
    return bytes.toByteArray();
  }

  private static GenericRecord event(String orderId) {
    Schema order = EVENT.getField("order").schema().getTypes().get(1);
    GenericRecord line = with(order.getField("lines").schema().getElementType(), "lineId", "1", "sku", "A1",
        "description", "Bolt", "quantity", amount("3"), "unitPrice", amount("12.5"));
    GenericRecord snapshot = with(order, "customer", with(order.getField("customer").schema(), "id", "C7", "country", "GB"),
        "currency", "GBP", "lines", List.of(line), "billing", country(order, "billing"),
        "shipping", country(order, "shipping"), "payment", country(order, "payment"),
        "placedAt", Instant.now().toEpochMilli());
    return with(EVENT, "eventId", "e-" + orderId, "source", "parts-shop", "orderId", orderId, "occurredAt",
        Instant.now().toEpochMilli(), "kind",
        new GenericData.EnumSymbol(EVENT.getField("kind").schema(), "PLACED"), "order", snapshot, "ttl", Long.MAX_VALUE);
  }

  private static GenericRecord country(Schema order, String part) {
    return with(order.getField(part).schema(), "country", "GB");
  }

  private static ByteBuffer amount(String text) {
    return ByteBuffer.wrap(new BigDecimal(text).setScale(4).unscaledValue().toByteArray());
  }

  private static GenericRecord with(Schema schema, Object... values) {
    GenericRecord record = new GenericData.Record(schema);
    for (int i = 0; i < values.length; i += 2) record.put((String) values[i], values[i + 1]);
    return record;
  }
}
