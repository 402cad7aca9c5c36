// A prebuilt extension of JupyterLab, as Voilà loads it. The app has no formulas, but Voilà loads MathJax with every page
// (1 MB), before it shows any widget. Of two plugins that provide the same token, JupyterLab takes the one registered last.
{
  let shared;

  const plainText = async () => {
    const [rendermime] = Object.values(shared['@jupyterlab/rendermime']);
    const {ILatexTypesetter} = (await rendermime.get())();
    return {
      id: 'imis_plan_plain_text:plugin',
      autoStart: true,
      provides: ILatexTypesetter,
      activate: () => ({typeset: () => {}}),
    };
  };

  // What webpack's module federation asks of an extension.
  (window._JUPYTERLAB ??= {}).imis_plan_plain_text = {
    init: scope => { shared = scope; },
    get: async () => {
      const plugin = await plainText();
      return () => plugin;
    },
  };
}
