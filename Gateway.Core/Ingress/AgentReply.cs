using System.Text.Json;
using OpenClaw.Gateway.Core.Agents.Messages;
using OpenClaw.Gateway.Core.Agents.Runs;
using OpenClaw.Gateway.Core.Dispatch;
using OpenClaw.Gateway.Protocol.Errors;
using OpenClaw.Gateway.Protocol.Json;
using OpenClaw.Gateway.Protocol.Methods.Agents;

namespace OpenClaw.Gateway.Core.Ingress;

/// <summary>The second answer of <c>agent</c>.</summary>
internal static class AgentReply
{
    /// <summary>How a run ended. An error that the model reported is a reply with its text, as clients expect; what kept the run from working is a failure.</summary>
    public static MethodReply Of(string runId, string sessionId, RunResult result)
    {
        if (result.Status is RunStatus.Failed)
            return Failed(runId, result.Error ?? "The run failed.");
        var final = new AgentFinal
        {
            RunId = runId,
            Status = "ok",
            Summary = "completed",
            Result = new AgentRunResult
            {
                Payloads = [.. result.Payloads.Select(payload => new AgentPayload
                {
                    Text = payload.Text,
                    MediaUrl = payload.MediaUrls.Count > 0 ? payload.MediaUrls[0] : null,
                    MediaUrls = payload.MediaUrls.Count > 0 ? payload.MediaUrls : null,
                })],
                Meta = new AgentRunMeta
                {
                    DurationMs = result.DurationMs,
                    Aborted = result.Aborted,
                    AgentMeta = result.Model is null ? null : new AgentMeta
                    {
                        SessionId = sessionId,
                        Provider = result.Provider ?? "",
                        Model = result.Model,
                        Usage = Usage(result.Usage),
                    },
                    SystemPromptReport = result.PromptReport,
                    Error = result.Status is RunStatus.ModelError ? new AgentRunError { Kind = "provider", Message = result.Error ?? "" } : null,
                },
            },
        };
        return new MethodReply(JsonSerializer.SerializeToUtf8Bytes(final, ProtocolJson.Context.AgentFinal));
    }

    /// <summary>A repeat after a restart: it was done, and what it said is in the history.</summary>
    public static MethodReply Earlier(string runId) =>
        new(JsonSerializer.SerializeToUtf8Bytes(new AgentFinal { RunId = runId, Status = "ok", Summary = "completed" }, ProtocolJson.Context.AgentFinal));

    public static MethodReply Failed(string runId, string error)
    {
        var final = new AgentFinal { RunId = runId, Status = "error", Summary = error };
        return new MethodReply(JsonSerializer.SerializeToUtf8Bytes(final, ProtocolJson.Context.AgentFinal), ErrorShape.Unavailable(error));
    }

    private static AgentUsage? Usage(TokenUsage usage) => usage.TotalTokens == 0 ? null : new AgentUsage
    {
        Input = NotZero(usage.Input),
        Output = NotZero(usage.Output),
        CacheRead = NotZero(usage.CacheRead),
        CacheWrite = NotZero(usage.CacheWrite),
        Total = NotZero(usage.TotalTokens),
    };

    private static long? NotZero(long value) => value == 0 ? null : value;
}
