namespace OpenClaw.Gateway.Core.Configuration.Json5;

/// <summary>Why a text is not JSON5.</summary>
/// <param name="Problem">What is wrong, without the place.</param>
/// <param name="Line">1-based line.</param>
/// <param name="Column">1-based column, in UTF-16 units.</param>
internal sealed record Json5Error(string Problem, int Line, int Column)
{
    /// <summary>The wording that scripts know from the JSON5 reference parser.</summary>
    public string Message => $"JSON5: {Problem} at {Line}:{Column}";
}
