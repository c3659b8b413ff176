using Microsoft.AspNetCore.Http;
using OpenClaw.ServiceDefaults.Answers;

namespace OpenClaw.Gateway.Edge.Settings;

/// <summary>
/// In front of the page and of "nothing is served here": whether there is a page, and which paths are served, is not known before the core has
/// told. A caller that comes this early waits a moment and is then told to come again, not that there is nothing.
/// </summary>
internal sealed class SettingsGate(EdgeSettingsStore settings, TimeProvider time)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    public Task InvokeAsync(HttpContext context, RequestDelegate next) => settings.Told.IsCompleted ? next(context) : WaitAsync(context, next);

    private async Task WaitAsync(HttpContext context, RequestDelegate next)
    {
        try
        {
            await settings.Told.WaitAsync(Patience, time, context.RequestAborted).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            await JsonAnswers.UnavailableAsync(context, EdgeSettingsStore.NotTold + " Try again.").ConfigureAwait(false);
            return;
        }
        catch (OperationCanceledException)
        {
            return;
        }
        await next(context).ConfigureAwait(false);
    }
}
