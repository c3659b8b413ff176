using System.Text.Json.Nodes;

namespace OpenClaw.Fakes.Telegram;

/// <summary>Makes updates as the API sends them.</summary>
public static class Updates
{
    /// <summary>2026-11-21 04:00 UTC.</summary>
    public const long Date = 1795233600;

    /// <summary>A person.</summary>
    public static JsonObject User(long id, string name = "Bob", string? username = "bob") =>
        username is null
            ? new JsonObject { ["id"] = id, ["is_bot"] = false, ["first_name"] = name }
            : new JsonObject { ["id"] = id, ["is_bot"] = false, ["first_name"] = name, ["username"] = username };

    /// <summary>A message without content.</summary>
    /// <param name="chatId">Negative for a group.</param>
    /// <param name="messageId">Its id.</param>
    /// <param name="from">Who writes; in a private chat the chat itself when null.</param>
    public static JsonObject Message(long chatId, int messageId, JsonObject? from = null) => new()
    {
        ["message_id"] = messageId,
        ["date"] = Date + messageId,
        ["chat"] = chatId > 0
            ? new JsonObject { ["id"] = chatId, ["type"] = "private", ["first_name"] = "Bob" }
            : new JsonObject { ["id"] = chatId, ["type"] = "supergroup", ["title"] = "Team" },
        ["from"] = from ?? User(chatId > 0 ? chatId : 42),
    };

    /// <summary>The update of a message.</summary>
    public static JsonObject Of(JsonObject message) => new() { ["message"] = message };

    /// <summary>The update of a text.</summary>
    public static JsonObject Text(long chatId, int messageId, string text, JsonObject? from = null) => Of(Message(chatId, messageId, from).With("text", text));

    /// <summary>The same with one more member.</summary>
    public static JsonObject With(this JsonObject node, string name, JsonNode? value)
    {
        ArgumentNullException.ThrowIfNull(node);
        node[name] = value;
        return node;
    }

    /// <summary>A number, of whatever type it was made.</summary>
    internal static long Number(this JsonNode node) => long.Parse(node.ToJsonString(), System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>An entity of a text.</summary>
    public static JsonObject Entity(string type, int offset, int length) => new() { ["type"] = type, ["offset"] = offset, ["length"] = length };
}
