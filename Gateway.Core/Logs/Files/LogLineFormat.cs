using System.Buffers;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace OpenClaw.Gateway.Core.Logs.Files;

/// <summary>
/// The log file's lines, in the format of the original so that either command line reads them:
/// <c>{"0":"{\"subsystem\":\"gateway\"}","1":"message","_meta":{…,"logLevelId":3,"logLevelName":"INFO"},"time":"…"}</c>.
/// With an exception, <c>"1"</c> is <c>{"error":…}</c> and <c>"2"</c> the message.
/// </summary>
internal sealed class LogLineFormat(string hostName)
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private static readonly JsonEncodedText Parent = JsonEncodedText.Encode("openclaw");

    private readonly string _version = Environment.Version.ToString();
    private readonly string _runtime = RuntimeInformation.FrameworkDescription.StartsWith(".NET", StringComparison.Ordinal) ? "dotnet" : "other";

    /// <summary>Appends one line with its line feed.</summary>
    public void Write(ArrayBufferWriter<byte> buffer, LogEntry entry)
    {
        var binding = Binding(entry.Subsystem);
        var time = entry.Time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
        using (var writer = new Utf8JsonWriter(buffer, Options))
        {
            writer.WriteStartObject();
            writer.WriteString("0", binding);
            if (entry.Error is not null)
            {
                writer.WriteStartObject("1");
                writer.WriteString("error", entry.Error);
                writer.WriteEndObject();
            }
            writer.WriteString(entry.Error is null ? "1" : "2", entry.Message);
            writer.WriteStartObject("_meta");
            writer.WriteString("runtime", _runtime);
            writer.WriteString("runtimeVersion", _version);
            writer.WriteString("hostname", hostName);
            writer.WriteString("name", binding);
            writer.WriteStartArray("parentNames");
            writer.WriteStringValue(Parent);
            writer.WriteEndArray();
            writer.WriteString("date", time);
            writer.WriteNumber("logLevelId", LogLevelNames.Id(entry.Level));
            writer.WriteString("logLevelName", LogLevelNames.Name(entry.Level).ToUpperInvariant());
            writer.WriteEndObject();
            writer.WriteString("time", time);
            writer.WriteEndObject();
        }
        buffer.Write("\n"u8);
    }

    private static string Binding(string subsystem)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, Options))
        {
            writer.WriteStartObject();
            writer.WriteString("subsystem", subsystem);
            writer.WriteEndObject();
        }
        return System.Text.Encoding.UTF8.GetString(buffer.WrittenSpan);
    }
}
