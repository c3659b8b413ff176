using Microsoft.AspNetCore.Http;
using OpenClaw.ServiceDefaults.Answers;

namespace OpenClaw.Gateway.Edge.Limits;

/// <summary>Answers requests of a kind that nobody here serves, before anything is done for them.</summary>
internal static class RequestShape
{
    /// <summary>As many as the server takes by default. It is told to take more, so that the answer comes from here and says what is wrong.</summary>
    public const int MaxHeaders = 100;

    /// <summary>All names and values together, in characters; the server's default in bytes.</summary>
    public const int MaxHeaderLength = 32 << 10;

    /// <summary>What stands between a name and its value, and behind it.</summary>
    private const int Separators = 4;

    public static Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        var request = context.Request;
        if (HttpMethods.IsConnect(request.Method) || HttpMethods.IsTrace(request.Method))
        {
            context.Response.Headers.Allow = "GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS";
            return JsonAnswers.WriteAsync(context, StatusCodes.Status405MethodNotAllowed, "method_not_allowed", "This is no proxy: neither tunnels nor traces are served.");
        }
        if (IsTooLarge(request.Headers))
        {
            context.Response.Headers.Connection = "close";
            return JsonAnswers.WriteAsync(
                context, StatusCodes.Status431RequestHeaderFieldsTooLarge, "headers_too_large", $"The request has more than {MaxHeaders} headers, or more than {MaxHeaderLength} bytes of them.");
        }
        return next(context);
    }

    private static bool IsTooLarge(IHeaderDictionary headers)
    {
        var count = 0;
        var length = 0;
        foreach (var (name, values) in headers)
        {
            foreach (var value in values)
            {
                count++;
                length += name.Length + Separators + (value?.Length ?? 0);
            }
        }
        return count > MaxHeaders || length > MaxHeaderLength;
    }
}
