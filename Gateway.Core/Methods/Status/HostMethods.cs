using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using OpenClaw.Gateway.Core.Dispatch;
using OpenClaw.Gateway.Core.Http.Hooks;
using OpenClaw.Gateway.Core.Methods.Wizard;
using OpenClaw.Gateway.Protocol.Errors;
using OpenClaw.Gateway.Protocol.Methods;
using OpenClaw.Gateway.Protocol.Methods.Status;

namespace OpenClaw.Gateway.Core.Methods.Status;

/// <summary><c>wake</c>: the main session is told something, with its next message or in a turn of its own now.</summary>
internal sealed class WakeMethod(HookIntake turns) : JsonMethod<WakeParams>(GatewayMethods.Wake)
{
    protected override async ValueTask<MethodResult<JsonObject>> RunAsync(WakeParams parameters, MethodContext context, CancellationToken cancellationToken)
    {
        var text = parameters.Text.Trim();
        // Not given up when the client leaves: it is stored or it is not.
        if (text.Length > 0 && await turns.AcceptAsync(new HookWake(text, parameters.Mode == "now"), Guid.NewGuid().ToString()).ConfigureAwait(false) is { } problem)
            return ErrorShape.Unavailable(problem);
        return new JsonObject { ["ok"] = text.Length > 0 };
    }
}

/// <summary><c>set-heartbeats</c>: they are off, and cannot be switched on.</summary>
internal sealed class SetHeartbeatsMethod() : JsonMethod<JsonElement>(GatewayMethods.SetHeartbeats)
{
    protected override ValueTask<MethodResult<JsonObject>> RunAsync(JsonElement parameters, MethodContext context, CancellationToken cancellationToken) =>
        ValueTask.FromResult<MethodResult<JsonObject>>(parameters.Flag("enabled") switch
        {
            null => ErrorShape.InvalidRequest("invalid set-heartbeats params: enabled (boolean) required"),
            true => ErrorShape.Unavailable("this gateway runs no heartbeats"),
            false => new JsonObject { ["ok"] = true, ["enabled"] = false },
        });
}

/// <summary>Adds the methods that concern the machine: waking, setting up, replacing the program.</summary>
internal static class HostMethods
{
    public static IServiceCollection AddHostMethods(this IServiceCollection services)
    {
        services.AddSingleton<GatewayMethod, WakeMethod>();
        services.AddSingleton<GatewayMethod, SetHeartbeatsMethod>();
        services.AddSingleton<GatewayMethod, UpdateRunMethod>();
        return services.AddWizardMethods();
    }
}
