using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using OpenClaw.Cli.Connections;
using OpenClaw.Cli.Hosting;
using OpenClaw.Cli.Output;
using OpenClaw.Cli.Startup;
using OpenClaw.Gateway.Core.Devices;
using OpenClaw.Gateway.Protocol.Json;
using OpenClaw.Gateway.Protocol.Methods.Devices;

namespace OpenClaw.Cli.Commands.Devices;

/// <summary>Runs the subcommands of <c>openclaw devices</c>: over the gateway, else on its files.</summary>
internal static class DevicesRun
{
    private static ProtocolJsonContext Types => ProtocolJson.Context;

    public static async Task<int> ListAsync(CommandContext context, ClientArguments arguments, CancellationToken cancellation)
    {
        var answer = await AskAsync(
            context, arguments, "device.pair.list", "{}"u8.ToArray(), Types.DevicePairListResult,
            async devices => new(await devices.ListAsync(cancellation).ConfigureAwait(false), null), cancellation).ConfigureAwait(false);
        if (answer is not { } list)
            return 1;
        await context.Out.WriteLineAsync(arguments.Json ? list.Json : DeviceTables.Of(list.Value, context)).ConfigureAwait(false);
        return 0;
    }

    public static async Task<int> ApproveAsync(CommandContext context, ClientArguments arguments, string requestId, CancellationToken cancellation)
    {
        var answer = await AskAsync(
            context, arguments, "device.pair.approve", Decision(requestId), Types.DevicePairApproveResult, devices => devices.ApproveAsync(requestId, cancellation), cancellation).ConfigureAwait(false);
        return await SayAsync(context, arguments, answer, approved => "Approved " + approved.Device.DeviceId).ConfigureAwait(false);
    }

    public static async Task<int> RejectAsync(CommandContext context, ClientArguments arguments, string requestId, CancellationToken cancellation)
    {
        var answer = await AskAsync(
            context, arguments, "device.pair.reject", Decision(requestId), Types.DevicePairRejectResult, devices => devices.RejectAsync(requestId, cancellation), cancellation).ConfigureAwait(false);
        return await SayAsync(context, arguments, answer, rejected => "Rejected " + rejected.DeviceId).ConfigureAwait(false);
    }

    /// <summary>Prints JSON always: the new token is for a program.</summary>
    public static async Task<int> RotateAsync(CommandContext context, ClientArguments arguments, DeviceTokenRotateParams parameters, CancellationToken cancellation)
    {
        var json = JsonSerializer.SerializeToUtf8Bytes(parameters, Types.DeviceTokenRotateParams);
        var answer = await AskAsync(
            context, arguments, "device.token.rotate", json, Types.DeviceTokenRotateResult, devices => devices.RotateAsync(parameters, cancellation), cancellation).ConfigureAwait(false);
        return await SayAsync(context, arguments with { Json = true }, answer, static _ => "").ConfigureAwait(false);
    }

    public static async Task<int> RevokeAsync(CommandContext context, ClientArguments arguments, DeviceTokenRevokeParams parameters, CancellationToken cancellation)
    {
        var json = JsonSerializer.SerializeToUtf8Bytes(parameters, Types.DeviceTokenRevokeParams);
        var answer = await AskAsync(
            context, arguments, "device.token.revoke", json, Types.DeviceTokenRevokeResult, devices => devices.RevokeAsync(parameters, cancellation), cancellation).ConfigureAwait(false);
        return await SayAsync(context, arguments with { Json = true }, answer, static _ => "").ConfigureAwait(false);
    }

    private static byte[] Decision(string requestId) =>
        JsonSerializer.SerializeToUtf8Bytes(new DevicePairDecisionParams { RequestId = requestId }, Types.DevicePairDecisionParams);

    private static async Task<int> SayAsync<T>(CommandContext context, ClientArguments arguments, Answer<T>? answer, Func<T, string> text)
        where T : class
    {
        if (answer is null)
            return 1;
        await context.Out.WriteLineAsync(arguments.Json ? answer.Json : TerminalText.Harmless(text(answer.Value))).ConfigureAwait(false);
        return 0;
    }

    /// <summary>The answer; null when there is none, which was said then.</summary>
    private static async Task<Answer<T>?> AskAsync<T>(
        CommandContext context, ClientArguments arguments, string method, byte[] parameters, JsonTypeInfo<T> type,
        Func<HostDevices, Task<HostDeviceResult<T>>> onHost, CancellationToken cancellation)
        where T : class
    {
        if (arguments.TimeoutOr(GatewayCaller.UsualTimeoutMs) is not { } timeout)
            return await FailAsync<T>(context, "invalid --timeout: " + arguments.Timeout).ConfigureAwait(false);
        var route = await GatewayCaller.RouteAsync(context, arguments, cancellation).ConfigureAwait(false);
        var outcome = await GatewayCaller.CallAsync(context, route, method, parameters, timeout, arguments.ExpectFinal, cancellation).ConfigureAwait(false);
        if (outcome.Failure is null)
        {
            var payload = outcome.Response!.Payload;
            return JsonSerializer.Deserialize(payload.Span, type) is { } value
                ? new Answer<T>(value, JsonText.Indent(payload.Span))
                : await FailAsync<T>(context, "the gateway's answer is empty").ConfigureAwait(false);
        }
        if (!outcome.Failure.HostMayHelp)
        {
            await outcome.Failure.ReportAsync(context, "Error: ").ConfigureAwait(false);
            return null;
        }
        await context.Error.WriteLineAsync("The gateway cannot be asked; working on its files in " + context.Environment.StateDirectory + ".").ConfigureAwait(false);
        using var log = await CommandLog.OpenAsync(context, cancellation).ConfigureAwait(false);
        using var devices = new HostDevices(context.Environment.StateDirectory, context.Time, log.Loggers);
        var (answer, error) = await onHost(devices).ConfigureAwait(false);
        return answer is null
            ? await FailAsync<T>(context, error!).ConfigureAwait(false)
            : new Answer<T>(answer, JsonText.Indent(JsonSerializer.SerializeToUtf8Bytes(answer, type)));
    }

    private static async Task<Answer<T>?> FailAsync<T>(CommandContext context, string error)
        where T : class
    {
        await context.FailAsync("Error: " + error).ConfigureAwait(false);
        return null;
    }

    private sealed record Answer<T>(T Value, string Json)
        where T : class;
}
