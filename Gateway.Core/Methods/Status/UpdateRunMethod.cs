using System.Text.Json.Nodes;
using OpenClaw.Gateway.Core.Dispatch;
using OpenClaw.Gateway.Core.Updates;
using OpenClaw.Gateway.Protocol.Methods;
using OpenClaw.Gateway.Protocol.Methods.Status;

namespace OpenClaw.Gateway.Core.Methods.Status;

/// <summary>
/// <c>update.run</c>: installs the newest version beside the one that runs. It counts from the next start of the service: a process cannot become another
/// program, and who supervises it is asked by <c>openclaw gateway restart</c>.
/// </summary>
internal sealed class UpdateRunMethod(IEnumerable<IProgramUpdate> updates) : JsonMethod<UpdateRunParams>(GatewayMethods.UpdateRun)
{
    private static readonly TimeSpan UsualLimit = TimeSpan.FromMinutes(20);
    private static readonly TimeSpan MaxLimit = TimeSpan.FromHours(1);

    protected override async ValueTask<MethodResult<JsonObject>> RunAsync(UpdateRunParams parameters, MethodContext context, CancellationToken cancellationToken)
    {
        var limit = parameters.TimeoutMs is { } ms ? TimeSpan.FromMilliseconds(Math.Min(ms, MaxLimit.TotalMilliseconds)) : UsualLimit;
        // Not given up when the client leaves: it is installed or it is not.
        var result = updates.FirstOrDefault() is { } update ? await update.RunAsync(limit).ConfigureAwait(false) : Skipped();
        return new JsonObject { ["ok"] = true, ["result"] = result, ["restart"] = null, ["sentinel"] = null };
    }

    private static JsonObject Skipped() => new()
    {
        ["status"] = "skipped",
        ["mode"] = "unknown",
        ["reason"] = "this gateway is replaced where it was deployed",
        ["steps"] = new JsonArray(),
        ["durationMs"] = 0,
    };
}
