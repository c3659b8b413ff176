using System.Text.Json.Nodes;

namespace OpenClaw.Fakes.Telegram;

/// <summary>A refusal in the API's form.</summary>
internal sealed class ApiError(int status, string description) : Exception(description)
{
    public int Status => status;

    public JsonObject? Parameters { get; init; }

    public static ApiError BadRequest(string description) => new(400, "Bad Request: " + description);
}
