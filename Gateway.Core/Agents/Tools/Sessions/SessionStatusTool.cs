using System.Text.Json;
using System.Text.Json.Nodes;

namespace OpenClaw.Gateway.Core.Agents.Tools.Sessions;

/// <summary>Tells the model about a session, the time included, and can change the session's model.</summary>
internal sealed class SessionStatusTool(ToolContext context, SessionLookup lookup, SessionModelSwitch models, SessionStatus status) : IAgentTool
{
    private static readonly JsonElement Schema = Schemas.Parse("""
        {
          "type": "object",
          "properties": {
            "sessionKey": { "type": "string", "description": "Key or id of a session; this conversation's when absent" },
            "model": { "type": "string", "description": "Model for the session's next turns; default goes back to the configured one" }
          }
        }
        """);

    private static readonly IReadOnlySet<string> Literal = new HashSet<string> { "model" };

    public string Name => "session_status";

    public string Description =>
        "Show the state of a session: current date and time, model, tokens used, context filled, settings and queue. With model it also changes the model of the session's next turns.";

    public JsonElement Parameters => Schema;

    public IReadOnlySet<string> LiteralTexts => Literal;

    public string? Summarize(JsonObject arguments) => arguments.Text("model") is { } model ? $"model {model}" : arguments.Text("sessionKey");

    public async Task<ToolResult> ExecuteAsync(ToolInvocation invocation, CancellationToken cancellationToken)
    {
        var found = await lookup.FindAsync(invocation.Arguments.Text("sessionKey"), context.Session, cancellationToken).ConfigureAwait(false);
        if (found.Value is not { } session)
            return ToolResult.FromError(Name, found.Error!.Message);
        var changed = false;
        if (invocation.Arguments.Text("model") is { } model)
        {
            var switched = await models.SwitchAsync(session, model, cancellationToken).ConfigureAwait(false);
            if (switched.Value is not { } after)
                return ToolResult.FromError(Name, switched.Error!.Message);
            changed = (after.Entry.ProviderOverride, after.Entry.ModelOverride) != (session.Entry.ProviderOverride, session.Entry.ModelOverride);
            session = after;
        }
        var text = status.Of(session, context.Request).ToString();
        return ToolResult.FromText(text, new JsonObject
        {
            ["ok"] = true,
            ["sessionKey"] = session.Key.Value,
            ["changedModel"] = changed,
            ["statusText"] = text,
        });
    }
}
