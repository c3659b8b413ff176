using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using OpenClaw.Gateway.Core.Configuration;
using OpenClaw.Gateway.Core.Dispatch;
using OpenClaw.Gateway.Core.Onboarding;
using OpenClaw.Gateway.Core.Onboarding.Sessions;
using OpenClaw.Gateway.Protocol.Errors;
using OpenClaw.Gateway.Protocol.Methods;
using OpenClaw.Gateway.Protocol.Methods.Status;

namespace OpenClaw.Gateway.Core.Methods.Wizard;

/// <summary><c>wizard.start</c>: begins the setup wizard and gives its first question.</summary>
internal sealed class WizardStartMethod(WizardSessions sessions, GatewayEnvironment environment) : JsonMethod<WizardStartParams>(GatewayMethods.WizardStart)
{
    protected override async ValueTask<MethodResult<JsonObject>> RunAsync(WizardStartParams parameters, MethodContext context, CancellationToken cancellationToken)
    {
        var workspace = parameters.Workspace?.Trim() is { Length: > 0 } given ? environment.ExpandPath(given) : null;
        var choices = new OnboardingChoices { Remote = parameters.Mode is { } mode ? mode == "remote" : null, Workspace = workspace };
        if (await sessions.StartAsync(choices, cancellationToken).ConfigureAwait(false) is not { } session)
            return ErrorShape.Unavailable("wizard already running");
        var state = await session.StateAsync(cancellationToken).ConfigureAwait(false);
        if (state.Done)
            await sessions.RemoveAsync(session).ConfigureAwait(false);
        var result = WizardReplies.Of(state);
        result["sessionId"] = session.Id;
        return result;
    }
}

/// <summary><c>wizard.next</c>: takes an answer, and gives the next question; without an answer the one that waits.</summary>
internal sealed class WizardNextMethod(WizardSessions sessions) : JsonMethod<WizardNextParams>(GatewayMethods.WizardNext)
{
    protected override async ValueTask<MethodResult<JsonObject>> RunAsync(WizardNextParams parameters, MethodContext context, CancellationToken cancellationToken)
    {
        if (sessions.Find(parameters.SessionId) is not { } session)
            return WizardReplies.NotFound;
        if (parameters.Answer is { } answer)
        {
            if (!session.IsRunning)
                return ErrorShape.InvalidRequest("wizard not running");
            if (session.Answer(answer.StepId, answer.Value) is { } problem)
                return ErrorShape.InvalidRequest("Error: " + problem);
        }
        var state = await session.StateAsync(cancellationToken).ConfigureAwait(false);
        if (state.Done)
            await sessions.RemoveAsync(session).ConfigureAwait(false);
        return WizardReplies.Of(state);
    }
}

/// <summary><c>wizard.cancel</c>: ends it; nothing is changed.</summary>
internal sealed class WizardCancelMethod(WizardSessions sessions) : JsonMethod<WizardSessionParams>(GatewayMethods.WizardCancel)
{
    protected override async ValueTask<MethodResult<JsonObject>> RunAsync(WizardSessionParams parameters, MethodContext context, CancellationToken cancellationToken)
    {
        if (sessions.Find(parameters.SessionId) is not { } session)
            return WizardReplies.NotFound;
        await session.CancelAsync().ConfigureAwait(false);
        var state = await session.StateAsync(cancellationToken).ConfigureAwait(false);
        await sessions.RemoveAsync(session).ConfigureAwait(false);
        return WizardReplies.StatusOf(state);
    }
}

/// <summary><c>wizard.status</c>: whether it runs.</summary>
internal sealed class WizardStatusMethod(WizardSessions sessions) : JsonMethod<WizardSessionParams>(GatewayMethods.WizardStatus)
{
    protected override async ValueTask<MethodResult<JsonObject>> RunAsync(WizardSessionParams parameters, MethodContext context, CancellationToken cancellationToken)
    {
        if (sessions.Find(parameters.SessionId) is not { } session)
            return WizardReplies.NotFound;
        if (session.IsRunning)
            return new JsonObject { ["status"] = WizardState.Running };
        var state = await session.StateAsync(cancellationToken).ConfigureAwait(false);
        await sessions.RemoveAsync(session).ConfigureAwait(false);
        return WizardReplies.StatusOf(state);
    }
}

/// <summary>The answers they have in common.</summary>
internal static class WizardReplies
{
    public static ErrorShape NotFound => ErrorShape.InvalidRequest("wizard not found");

    public static JsonObject Of(WizardState state)
    {
        var reply = StatusOf(state);
        reply["done"] = state.Done;
        if (state.Step is { } step)
            reply["step"] = step.ToJson();
        return reply;
    }

    public static JsonObject StatusOf(WizardState state)
    {
        var reply = new JsonObject { ["status"] = state.Status };
        if (state.Error is not null)
            reply["error"] = state.Error;
        return reply;
    }

    public static IServiceCollection AddWizardMethods(this IServiceCollection services)
    {
        services.AddSingleton<WizardSessions>();
        services.AddSingleton<GatewayMethod, WizardStartMethod>();
        services.AddSingleton<GatewayMethod, WizardNextMethod>();
        services.AddSingleton<GatewayMethod, WizardCancelMethod>();
        services.AddSingleton<GatewayMethod, WizardStatusMethod>();
        return services;
    }
}
