namespace OpenClaw.Gateway.Bus;

/// <summary>Checks option values and says key, value and what is allowed in the one form all options use.</summary>
internal static class OptionRange
{
    public static string? Error(string key, long value, long min, long max) =>
        value >= min && value <= max ? null : $"{key} is {value}; allowed is {min} to {max}.";

    public static string? Error(string key, TimeSpan value, TimeSpan min, TimeSpan max) =>
        value >= min && value <= max ? null : $"{key} is {value}; allowed is {min} to {max}.";

    /// <summary>Throws one <see cref="ArgumentException"/> that names every wrong value.</summary>
    public static void Check(string parameter, params ReadOnlySpan<string?> errors)
    {
        var wrong = errors.ToArray().Where(e => e is not null).ToList();
        if (wrong.Count > 0)
            throw new ArgumentException(string.Join(" ", wrong), parameter);
    }
}
