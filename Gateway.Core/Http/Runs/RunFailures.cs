using Microsoft.AspNetCore.Http;
using OpenClaw.Gateway.Core.Agents.Providers;
using OpenClaw.Gateway.Core.Agents.Runs;
using OpenClaw.Gateway.Core.Agents.Tools;
using OpenClaw.Gateway.Core.Http.Answers;

namespace OpenClaw.Gateway.Core.Http.Runs;

/// <summary>How a run's failure is told to who asked for it.</summary>
internal static class RunFailures
{
    /// <summary>What the original says where a model said nothing.</summary>
    public const string NoAnswer = "No response from OpenClaw.";

    /// <summary>Null when the run did what was asked.</summary>
    public static ApiError? Of(RunResult result, ClientToolSet tools) => result.Status switch
    {
        RunStatus.Ok when tools.IsCallRequired && result.ClientCalls.Count == 0 =>
            new ApiError(StatusCodes.Status502BadGateway, "api_error", "The model did not call the tool that it was told to call.") { Code = "tool_choice_unmet" },
        RunStatus.Ok => null,
        RunStatus.ModelError => OfModel(result),
        RunStatus.Aborted => OfAbort(result.AbortReason),
        _ => new ApiError(StatusCodes.Status500InternalServerError, "api_error", result.Error ?? "The run failed."),
    };

    public static string TextOf(RunResult result) =>
        string.Join("\n\n", result.Payloads.Select(static payload => payload.Text).Where(static text => !string.IsNullOrEmpty(text)));

    private static ApiError OfModel(RunResult result)
    {
        var message = result.Error ?? "The model failed.";
        return result.FailureKind switch
        {
            ModelFailureKind.RateLimit => new ApiError(StatusCodes.Status429TooManyRequests, "rate_limit_error", message) { RetryAfter = TimeSpan.FromSeconds(5) },
            ModelFailureKind.ContextOverflow => ApiError.Invalid(message, code: "context_length_exceeded"),
            ModelFailureKind.Format or ModelFailureKind.Rejected => ApiError.Invalid(message),
            ModelFailureKind.Timeout => new ApiError(StatusCodes.Status504GatewayTimeout, "api_error", message),
            _ => new ApiError(StatusCodes.Status502BadGateway, "api_error", message),
        };
    }

    private static ApiError OfAbort(RunAbortReason? reason) => reason switch
    {
        RunAbortReason.Timeout => new ApiError(StatusCodes.Status504GatewayTimeout, "api_error", "The run took longer than it may.") { Code = "timeout" },
        RunAbortReason.Shutdown => ApiError.Unavailable("The gateway is stopping. Try again."),
        RunAbortReason.Overtaken => ApiError.Unavailable("The session went to another core. Try again."),
        _ => new ApiError(StatusCodes.Status409Conflict, "api_error", "The run was stopped.") { Code = "run_stopped" },
    };
}
