namespace Maskwright.Cli.Evaluation.Reports.Html;

/// <summary>The page's style sheet.</summary>
internal static class HtmlStyle
{
    /// <summary>Models beyond these share the last colour.</summary>
    private const int Colours = 6;

    /// <summary>The class that fills in a model's colour.</summary>
    public static string Fill(int model) => $"f{Math.Min(model, Colours - 1)}";

    /// <summary>The class that draws in a model's colour.</summary>
    public static string Stroke(int model) => $"s{Math.Min(model, Colours - 1)}";

    public const string Text = """
        :root{color-scheme:light dark;--paper:#fbfaf8;--card:#fff;--ink:#1c1e22;--soft:#5c626c;--line:#e2e0db;--grid:#ebe9e4;--warn:#fff6dd;--warnline:#e6c35c;
        --c0:#2766c9;--c1:#cf5b12;--c2:#15865a;--c3:#7d46c4;--c4:#b92d6c;--c5:#68707c;--truth:#00a7d1;--found:#f07010}
        @media (prefers-color-scheme:dark){:root{--paper:#15171b;--card:#1d2025;--ink:#e9e8e4;--soft:#9ba2ad;--line:#343941;--grid:#2b2f36;--warn:#2f2a18;--warnline:#8a7331;
        --c0:#76a9fa;--c1:#f99a5c;--c2:#4fcf9a;--c3:#bb93f5;--c4:#f480ad;--c5:#a3abb8;--truth:#00cdff;--found:#ff7a14}}
        *{box-sizing:border-box}
        body{margin:0;background:var(--paper);color:var(--ink);font:15px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans","DejaVu Sans",sans-serif}
        main{max-width:1160px;margin:0 auto;padding:32px 24px 64px}
        header{margin-bottom:24px}
        h1{font-size:27px;line-height:1.25;margin:2px 0 4px;font-weight:650;letter-spacing:-.01em;overflow-wrap:anywhere}
        h2{font-size:19px;margin:40px 0 12px;font-weight:650}
        h3{font-size:15px;margin:0 0 8px;font-weight:600}
        .eyebrow{margin:0;color:var(--soft);font-size:13px;letter-spacing:.02em}
        .sub,figcaption,.key{color:var(--soft);font-size:13px;margin:0}
        .legend{list-style:none;display:flex;flex-wrap:wrap;gap:4px 20px;padding:0;margin:12px 0 0}
        .swatch{display:inline-block;width:12px;height:12px;border-radius:3px;margin-right:7px;vertical-align:-1px}
        .scroll{overflow-x:auto;background:var(--card);border:1px solid var(--line);border-radius:10px}
        table{border-collapse:collapse;width:100%;font-size:14px;font-variant-numeric:tabular-nums}
        th,td{padding:7px 14px;text-align:right;border-bottom:1px solid var(--grid);white-space:nowrap}
        tr:last-child td{border-bottom:0}
        th{font-weight:600;color:var(--soft);font-size:13px}
        th.t,td.t{text-align:left}
        td.m{white-space:normal;min-width:220px;color:var(--soft);text-align:left}
        td .r{color:var(--soft);font-size:12.5px;margin-left:6px}
        td.strip{padding:2px 14px;width:220px}
        td.sure{font-weight:650}
        .plots{columns:2 460px;column-gap:18px}
        figure{margin:0}
        figure.plot{background:var(--card);border:1px solid var(--line);border-radius:10px;padding:16px 18px 14px;margin:0 0 18px;break-inside:avoid}
        svg{display:block;width:100%;height:auto}
        svg text{fill:var(--soft);font-size:12px;font-family:inherit}
        svg text.n{fill:var(--ink)}
        .g{stroke:var(--grid);stroke-width:1}
        .a{stroke:var(--soft);stroke-width:1}
        .w{stroke:var(--ink);stroke-width:1.4;opacity:.6}
        .k{fill:none;stroke-width:2.2;stroke-linejoin:round;stroke-linecap:round}
        .faint{opacity:.42;stroke-width:1.5}
        .o{fill-opacity:.22}
        .cases{display:grid;grid-template-columns:repeat(auto-fill,minmax(240px,1fr));gap:18px;margin:12px 0 24px}
        .frame{background:var(--card);border:1px solid var(--line);border-radius:10px;overflow:hidden;display:flex;align-items:center;justify-content:center;height:240px}
        .frame img{max-width:100%;max-height:100%;width:auto;height:auto;object-fit:contain}
        .cases figcaption{margin-top:6px;overflow-wrap:anywhere}
        .cases figcaption b{color:var(--ink);font-weight:600}
        .line{display:inline-block;width:22px;height:3px;border-radius:2px;margin:0 6px 0 10px;vertical-align:3px}
        .line.truth{background:var(--truth);margin-left:0}.line.found{background:var(--found)}
        .notes{background:var(--warn);border:1px solid var(--warnline);border-radius:10px;padding:12px 18px;margin:0 0 20px}
        .notes h2{font-size:15px;margin:0 0 4px}.notes ul{margin:0;padding-left:20px;overflow-wrap:anywhere}
        details{margin:0 0 14px}summary{cursor:pointer;font-weight:600;margin-bottom:8px}
        dl{display:grid;grid-template-columns:max-content 1fr;gap:4px 20px;margin:0;font-size:14px}
        dt{color:var(--soft)}dd{margin:0;overflow-wrap:anywhere}
        .f0{fill:var(--c0);background:var(--c0)}.f1{fill:var(--c1);background:var(--c1)}.f2{fill:var(--c2);background:var(--c2)}
        .f3{fill:var(--c3);background:var(--c3)}.f4{fill:var(--c4);background:var(--c4)}.f5{fill:var(--c5);background:var(--c5)}
        .s0{stroke:var(--c0)}.s1{stroke:var(--c1)}.s2{stroke:var(--c2)}.s3{stroke:var(--c3)}.s4{stroke:var(--c4)}.s5{stroke:var(--c5)}
        @media print{main{max-width:none}.plot,.scroll,.cases figure{break-inside:avoid}}

        """;
}
