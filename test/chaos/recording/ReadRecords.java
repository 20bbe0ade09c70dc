import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.FileOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Writes every record of the given topics to a file, partition by partition: topic, partition, offset,
 * time, key and value. Texts and bytes stand behind their length (32 bit, -1 for null); all numbers are big endian.
 *
 * Arguments: brokers, file, topics.
 */
public class ReadRecords {
  public static void main(String[] arguments) throws Exception {
    try (KafkaConsumer<byte[], byte[]> consumer = consumer(arguments[0]);
        DataOutputStream out = new DataOutputStream(new BufferedOutputStream(new FileOutputStream(arguments[1]), 1 << 20))) {
      for (int i = 2; i < arguments.length; i++)
        for (TopicPartition partition : partitionsOf(consumer, arguments[i])) copy(consumer, partition, out);
    }
  }

  private static KafkaConsumer<byte[], byte[]> consumer(String brokers) {
    Properties settings = new Properties();
    settings.put("bootstrap.servers", brokers);
    settings.put("isolation.level", "read_uncommitted");
    settings.put("enable.auto.commit", "false");
    settings.put("auto.offset.reset", "earliest");
    settings.put("max.poll.records", "5000");
    return new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }

  private static List<TopicPartition> partitionsOf(KafkaConsumer<byte[], byte[]> consumer, String topic) {
    List<TopicPartition> partitions = new ArrayList<>();
    consumer.partitionsFor(topic).forEach(info -> partitions.add(new TopicPartition(topic, info.partition())));
    partitions.sort((a, b) -> Integer.compare(a.partition(), b.partition()));
    return partitions;
  }

  /** The position passes over markers and aborted records too, so that it reaches the end in any case. */
  private static void copy(KafkaConsumer<byte[], byte[]> consumer, TopicPartition partition, DataOutputStream out)
      throws Exception {
    List<TopicPartition> only = List.of(partition);
    consumer.assign(only);
    consumer.seekToBeginning(only);
    Map<TopicPartition, Long> ends = consumer.endOffsets(only);
    while (consumer.position(partition) < ends.get(partition))
      for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(200))) write(record, out);
  }

  private static void write(ConsumerRecord<byte[], byte[]> record, DataOutputStream out) throws Exception {
    writeBytes(record.topic().getBytes(StandardCharsets.UTF_8), out);
    out.writeInt(record.partition());
    out.writeLong(record.offset());
    out.writeLong(record.timestamp());
    writeBytes(record.key(), out);
    writeBytes(record.value(), out);
  }

  private static void writeBytes(byte[] bytes, DataOutputStream out) throws Exception {
    out.writeInt(bytes == null ? -1 : bytes.length);
    if (bytes != null) out.write(bytes);
  }
}
