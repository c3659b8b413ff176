using System.Text.Json;
using System.Text.Json.Serialization;
using OpenClaw.Gateway.Core.Sessions.Json;

namespace OpenClaw.Gateway.Core.Sessions.Store;

/// <summary>Sends an entry with all its fields, without white space.</summary>
internal sealed class SessionEntryConverter : JsonConverter<SessionEntry>
{
    public override SessionEntry Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        using var document = JsonDocument.ParseValue(ref reader);
        var editor = SessionEntry.Empty.Edit();
        foreach (var property in document.RootElement.EnumerateObject())
            editor.Set(property.Name, new RawJson(System.Text.Encoding.UTF8.GetBytes(property.Value.GetRawText())));
        return editor.Build();
    }

    public override void Write(Utf8JsonWriter writer, SessionEntry value, JsonSerializerOptions options)
    {
        writer.WriteStartObject();
        foreach (var field in value.Fields)
        {
            writer.WritePropertyName(field.Name);
            writer.WriteRawValue(JsonLayout.Compact(JsonLayout.Clean(field.Value.Utf8).Span), skipInputValidation: true);
        }
        writer.WriteEndObject();
    }
}
