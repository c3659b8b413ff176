using OpenClaw.Gateway.Core.Dispatch;
using OpenClaw.Gateway.Core.Logs;
using OpenClaw.Gateway.Protocol.Errors;
using OpenClaw.Gateway.Protocol.Methods;
using OpenClaw.Gateway.Protocol.Methods.Logs;

namespace OpenClaw.Gateway.Core.Methods.Logs;

/// <summary><c>logs.tail</c>: the end of this gateway's log file.</summary>
internal sealed class LogsTailMethod(LogTail log) : GatewayMethod<LogsTailParams, LogsTailResult>(GatewayMethods.LogsTail)
{
    protected override async ValueTask<MethodResult<LogsTailResult>> RunAsync(LogsTailParams parameters, MethodContext context, CancellationToken cancellationToken)
    {
        try
        {
            var tail = await log.ReadAsync(
                parameters.Cursor, (int)(parameters.Limit ?? LogTail.DefaultLimit), (int)(parameters.MaxBytes ?? LogTail.DefaultMaxBytes), cancellationToken).ConfigureAwait(false);
            return new LogsTailResult { File = tail.File, Cursor = tail.Cursor, Size = tail.Size, Lines = tail.Lines, Truncated = tail.Truncated, Reset = tail.Reset };
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return ErrorShape.Unavailable("log read failed: " + e.Message);
        }
    }
}
