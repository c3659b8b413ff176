using System.Text.Json;
using OpenClaw.Gateway.Client.Json;

namespace OpenClaw.Gateway.Client.Identity;

/// <summary>The text of <c>identity/device-auth.json</c>. Entries of other roles are kept as they are.</summary>
internal sealed class DeviceTokenDocument(string deviceId)
{
    private const int KnownVersion = 1;

    private readonly List<(string Role, DeviceToken Token)> _tokens = [];

    public string DeviceId { get; } = deviceId;

    /// <summary>Null when the text is not a document of version 1.</summary>
    public static DeviceTokenDocument? Parse(ReadOnlySpan<byte> utf8)
    {
        var tokens = new List<(string, DeviceToken)>();
        string? deviceId = null;
        long? version = null;
        try
        {
            var reader = new Utf8JsonReader(utf8);
            if (!reader.Read() || reader.TokenType is not JsonTokenType.StartObject)
                return null;
            while (reader.Read() && reader.TokenType is JsonTokenType.PropertyName)
            {
                if (reader.ValueTextEquals("version"u8))
                    version = JsonText.Integer(ref reader);
                else if (reader.ValueTextEquals("deviceId"u8))
                    deviceId = JsonText.String(ref reader);
                else if (reader.ValueTextEquals("tokens"u8))
                    ReadTokens(ref reader, tokens);
                else
                    reader.Skip();
            }
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            return null;
        }
        if (version != KnownVersion || deviceId is null)
            return null;
        var document = new DeviceTokenDocument(deviceId);
        foreach (var (role, token) in tokens)
            document.Set(role, token);
        return document;
    }

    public DeviceToken? Find(string role)
    {
        var index = IndexOf(role);
        return index < 0 ? null : _tokens[index].Token;
    }

    public void Set(string role, DeviceToken token)
    {
        Remove(role);
        _tokens.Add((role.Trim(), token));
    }

    public void Remove(string role)
    {
        if (IndexOf(role) is >= 0 and var index)
            _tokens.RemoveAt(index);
    }

    public byte[] ToUtf8() => JsonText.WriteIndented(this, static (writer, document) =>
    {
        writer.WriteStartObject();
        writer.WriteNumber("version"u8, KnownVersion);
        writer.WriteString("deviceId"u8, document.DeviceId);
        writer.WriteStartObject("tokens"u8);
        foreach (var (role, token) in document._tokens)
        {
            writer.WriteStartObject(role);
            writer.WriteString("token"u8, token.Token);
            writer.WriteString("role"u8, role);
            writer.WriteStartArray("scopes"u8);
            foreach (var scope in token.Scopes)
                writer.WriteStringValue(scope);
            writer.WriteEndArray();
            if (token.UpdatedAtMs is { } updatedAtMs)
                writer.WriteNumber("updatedAtMs"u8, updatedAtMs);
            writer.WriteEndObject();
        }
        writer.WriteEndObject();
        writer.WriteEndObject();
    });

    private int IndexOf(string role)
    {
        var name = role.Trim();
        for (var i = 0; i < _tokens.Count; i++)
        {
            if (_tokens[i].Role == name)
                return i;
        }
        return -1;
    }

    private static void ReadTokens(ref Utf8JsonReader reader, List<(string, DeviceToken)> tokens)
    {
        if (!JsonText.EnterObject(ref reader))
            return;
        while (reader.Read() && reader.TokenType is JsonTokenType.PropertyName)
        {
            var role = reader.GetString()!;
            if (JsonText.EnterObject(ref reader) && ReadToken(ref reader) is { } token)
                tokens.Add((role, token));
        }
    }

    private static DeviceToken? ReadToken(ref Utf8JsonReader reader)
    {
        string? token = null;
        long? updatedAtMs = null;
        IReadOnlyList<string> scopes = [];
        while (reader.Read() && reader.TokenType is JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("token"u8))
                token = JsonText.String(ref reader);
            else if (reader.ValueTextEquals("updatedAtMs"u8))
                updatedAtMs = JsonText.Integer(ref reader);
            else if (reader.ValueTextEquals("scopes"u8))
                scopes = JsonText.Strings(ref reader);
            else
                reader.Skip();
        }
        return string.IsNullOrEmpty(token) ? null : new DeviceToken(token, scopes, updatedAtMs);
    }
}
